/**
 * Fetching a file that a recorder announced: from where its source may, whole or not at all, and
 * further from where it broke off.
 */
@NullMarked
package dev.aftercall.fetch;

import org.jspecify.annotations.NullMarked;
