/** Fetches files of a folder that recorder and archive share. */
@NullMarked
package dev.aftercall.fetch.disk;

import org.jspecify.annotations.NullMarked;
