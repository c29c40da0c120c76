@NullMarked
package dev.aftercall.recorder.folder;

import org.jspecify.annotations.NullMarked;
