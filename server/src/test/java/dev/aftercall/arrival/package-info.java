@NullMarked
package dev.aftercall.arrival;

import org.jspecify.annotations.NullMarked;
