import IdentityBroker

/// Where a connection leaves the place of its request for the task that answers it.
final class PlaceHandover: Sendable {
    /// That of the connection whose requests this task answers.
    @TaskLocal static var current: PlaceHandover?

    private let place = Locked<Place?>(nil)

    /// Leaves the place of the request that is passed on.
    func leave(_ place: Place) {
        self.place.withLock { $0 = place }
    }

    /// Takes the place over, if one was left and is still there.
    func takeOver() -> Place? {
        let left = place.withLock { place in
            defer { place = nil }
            return place
        }
        guard let left, left.takeOver() else { return nil }
        return left
    }
}
