@NullMarked
package dev.aftercall.identity;

import org.jspecify.annotations.NullMarked;
