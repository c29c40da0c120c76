/**
 * People and groups as a directory sends them: SCIM 2.0 (RFC 7643, RFC 7644), its filters and its
 * changes as pure functions.
 */
@NullMarked
package dev.aftercall.scim;

import org.jspecify.annotations.NullMarked;
