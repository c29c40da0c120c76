@NullMarked
package dev.aftercall.repair;

import org.jspecify.annotations.NullMarked;
