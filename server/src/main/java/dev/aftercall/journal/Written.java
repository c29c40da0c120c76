package dev.aftercall.journal;

/**
 * An entry that was taken down.
 *
 * @param id the same whenever the same entry is written anew, so that it is in the journal once
 */
public record Written(String id, Journal.Entry entry) {}
