extension TestClock {
    /// A point on a test clock.
    public struct Instant: InstantProtocol {
        /// How far from where the clock started.
        public let sinceStart: Duration

        /// Makes the point this far from where the clock started.
        public init(sinceStart: Duration) {
            self.sinceStart = sinceStart
        }

        /// The point this much later.
        public func advanced(by duration: Duration) -> Instant {
            Instant(sinceStart: sinceStart + duration)
        }

        /// The time from this point to another.
        public func duration(to other: Instant) -> Duration {
            other.sinceStart - sinceStart
        }

        /// Orders points by time.
        public static func < (lhs: Instant, rhs: Instant) -> Bool {
            lhs.sinceStart < rhs.sinceStart
        }
    }
}
