// The kit measures the heap of the process: tests beside it would be measured too.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
