import Foundation
import IdentityBroker

/// What one process has seen of the keys since it started.
struct KeyRingWatch: Sendable {
    private var clockWatch: ClockWatch
    private var steadyTime: Date
    private var replaced = KeyStopwatch()
    private var over = KeyStopwatch()
    private var ahead = KeyStopwatch()

    /// How long a turn must be ahead of the clock before it is corrected.
    private static let correctionPatience = Duration.seconds(24 * 60 * 60)
    /// The period after a process first sees that a key is over, or ahead, in which it may record that in the ring.
    /// Otherwise two processes whose clocks differ would overwrite each other's record without end.
    private static let recording = Duration.seconds(10)

    init(now: Date, uptime: Duration) {
        clockWatch = ClockWatch(now: now, uptime: uptime)
        steadyTime = now
    }

    mutating func note(
        _ ring: KeyRing,
        for algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation,
        now: Date,
        uptime: Duration
    ) {
        steadyTime = clockWatch.steadyTime(now: now, uptime: uptime)
        replaced.note(ring.replaced(at: now, keeping: algorithms, under: rotation), at: uptime)
        over.note(
            Set(ring.expired(at: steadyTime, keeping: algorithms, under: rotation).map(\.key.id)), at: uptime)
        ahead.note(ring.ahead(of: now, under: rotation), at: uptime)
    }

    func permittedChanges(under rotation: KeyRotation, uptime: Duration) -> PermittedChanges {
        PermittedChanges(
            steadyTime: steadyTime,
            mayDrop: { replaced.holds(of: $0.key.id, for: $0.retention(under: rotation), at: uptime) },
            mayCorrect: { ahead.holds(of: $0.key.id, for: Self.correctionPatience, at: uptime) },
            mayNoteOver: { !over.holds(of: $0.key.id, for: Self.recording, at: uptime) },
            mayNoteAhead: { !ahead.holds(of: $0.key.id, for: Self.recording, at: uptime) }
        )
    }
}
