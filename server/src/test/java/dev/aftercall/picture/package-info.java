/** Tests of what is drawn. */
@NullMarked
package dev.aftercall.picture;

import org.jspecify.annotations.NullMarked;
