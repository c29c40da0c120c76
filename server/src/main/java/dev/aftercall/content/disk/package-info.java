/**
 * Content as files below one root folder, {@code tenant/2 hex digits/artifact}. Every acknowledged
 * change is synced, the file first and then the folders that name it.
 */
@NullMarked
package dev.aftercall.content.disk;

import org.jspecify.annotations.NullMarked;
