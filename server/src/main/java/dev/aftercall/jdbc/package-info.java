/** The only room that speaks SQL: one set of statements for SQLite and PostgreSQL. */
@NullMarked
package dev.aftercall.jdbc;

import org.jspecify.annotations.NullMarked;
