package dev.aftercall.journal;

import java.util.UUID;

/**
 * A part of a tenant's chain that lies in a file.
 *
 * @param before where the chain stood before the first entry
 * @param end where it stood after the last
 * @param month {@code 2024-05}, in UTC
 * @param file name below the folder of archives
 * @param sha256 of the file
 */
public record Archive(
    UUID tenant, Chain before, Chain end, String month, long entries, String file, String sha256) {}
