/**
 * Folders that are watched: what lies in them long enough is claimed by renaming it, announced, and
 * put away once its arrival is over.
 */
@NullMarked
package dev.aftercall.recorder.folder;

import org.jspecify.annotations.NullMarked;
