package dev.aftercall.jdbc;

import dev.aftercall.retention.Archive;
import dev.aftercall.retention.Holds;
import dev.aftercall.retention.Outlook;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.RuleKeeper;
import dev.aftercall.testing.TestClock;
import dev.aftercall.time.Ids;

/** What all histories of one test share. */
record RetentionHouse(
    Ids ids,
    TestClock clock,
    MemoryContents contents,
    Database database,
    Archive archive,
    JdbcTrash trash,
    Holds holds,
    RuleKeeper rules,
    RetentionRun runs,
    Outlook outlook) {}
