/**
 * Content as objects of one S3 bucket, on AWS or anything that speaks its protocol. The only
 * package that knows the AWS SDK.
 */
@NullMarked
package dev.aftercall.content.s3;

import org.jspecify.annotations.NullMarked;
