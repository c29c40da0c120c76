/** Tests of the container probe. */
@org.jspecify.annotations.NullMarked
package dev.aftercall.media;
