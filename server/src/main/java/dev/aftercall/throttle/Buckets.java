package dev.aftercall.throttle;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;

/** Where the token buckets are kept: in this process, or where several nodes share them. */
@FunctionalInterface
public interface Buckets {
  /** The bucket of that name; a full one when there is none yet. */
  Bucket named(String name, BucketConfiguration configuration);
}
