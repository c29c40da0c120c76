/**
 * How long recordings are kept: rules, holds, the trash and the purge. Decisions are pure; what
 * they lead to goes through small store interfaces.
 */
@NullMarked
package dev.aftercall.retention;

import org.jspecify.annotations.NullMarked;
