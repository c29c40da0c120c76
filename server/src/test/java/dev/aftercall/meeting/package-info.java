@NullMarked
package dev.aftercall.meeting;

import org.jspecify.annotations.NullMarked;
