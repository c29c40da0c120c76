/** The content store on disk. */
@NullMarked
package dev.aftercall.content.disk;

import org.jspecify.annotations.NullMarked;
