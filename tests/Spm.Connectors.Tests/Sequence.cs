// The kit measures the heap of the process and moves its time zone: tests beside it would be measured and moved, too.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
