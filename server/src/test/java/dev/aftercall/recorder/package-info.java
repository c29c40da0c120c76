@NullMarked
package dev.aftercall.recorder;

import org.jspecify.annotations.NullMarked;
