@NullMarked
package dev.aftercall.fetch;

import org.jspecify.annotations.NullMarked;
