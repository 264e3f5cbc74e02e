import IdentityBroker

/// Hands outcomes to those who wait for them, all of a step at once.
///
/// Resuming a task wakes a thread of the cooperative pool, and on a busy machine the system runs that thread there and
/// then: the loop would be put aside for every single outcome. So one task is woken, and it resumes the others.
struct Delivery {
    /// An outcome on its way.
    struct Parcel: Sendable {
        let continuation: CheckedContinuation<Result<IncomingAnswer, TransportFailure>, Never>
        let outcome: Result<IncomingAnswer, TransportFailure>

        func hand() {
            continuation.resume(returning: outcome)
        }
    }

    private let batches: AsyncStream<[Parcel]>
    private let sender: AsyncStream<[Parcel]>.Continuation
    private var parcels: [Parcel] = []

    init() {
        (batches, sender) = AsyncStream.makeStream()
    }

    /// Begins the task that resumes the others. ``finish()`` has to follow.
    func begin() {
        Task { [batches] in
            for await batch in batches {
                for parcel in batch { parcel.hand() }
            }
        }
    }

    /// Keeps an outcome until the next ``handOut()``.
    mutating func add(_ parcel: Parcel) {
        parcels.append(parcel)
    }

    /// Sends everything on its way.
    mutating func handOut() {
        if parcels.count > 1 {
            sender.yield(parcels)
        } else if let parcel = parcels.first {
            parcel.hand()
        }
        parcels = []
    }

    /// Sends everything on its way, and ends the task that resumes the others.
    mutating func finish() {
        handOut()
        sender.finish()
    }
}
