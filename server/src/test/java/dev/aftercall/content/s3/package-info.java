/** The content store on S3. */
@NullMarked
package dev.aftercall.content.s3;

import org.jspecify.annotations.NullMarked;
