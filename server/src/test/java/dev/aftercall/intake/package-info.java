@NullMarked
package dev.aftercall.intake;

import org.jspecify.annotations.NullMarked;
