@NullMarked
package dev.aftercall.throttle;

import org.jspecify.annotations.NullMarked;
