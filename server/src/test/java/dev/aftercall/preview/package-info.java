@NullMarked
package dev.aftercall.preview;

import org.jspecify.annotations.NullMarked;
