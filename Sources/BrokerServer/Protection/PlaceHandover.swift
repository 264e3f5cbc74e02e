import IdentityBroker

/// Passes a request's place from its connection to the task that answers it.
final class PlaceHandover: Sendable {
    /// The handover of the connection whose requests this task answers.
    @TaskLocal static var current: PlaceHandover?

    private let place = Locked<Place?>(nil)

    /// Offers the place of the request that is passed on.
    func leave(_ place: Place) {
        self.place.withLock { $0 = place }
    }

    /// Takes the place over, if one was offered and is still available.
    func takeOver() -> Place? {
        let left = place.withLock { place in
            defer { place = nil }
            return place
        }
        guard let left, left.takeOver() else { return nil }
        return left
    }
}
