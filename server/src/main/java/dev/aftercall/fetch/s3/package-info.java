/**
 * Fetches objects of S3 and of what speaks its protocol; the only other room that knows the AWS
 * SDK.
 */
@NullMarked
package dev.aftercall.fetch.s3;

import org.jspecify.annotations.NullMarked;
