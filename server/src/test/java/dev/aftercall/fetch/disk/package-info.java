@NullMarked
package dev.aftercall.fetch.disk;

import org.jspecify.annotations.NullMarked;
