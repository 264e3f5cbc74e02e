import Testing

@testable import IdentityBroker

@Suite("A call to a store")
struct StoreCallTests {
    private enum Event: Sendable { case wait, begin, giveUp }

    /// What the last event returns, for each order of events.
    private static let orders: [([Event], Bool)] = [
        // If a store reports nothing, anything may have happened.
        ([.giveUp], true),
        ([.wait, .giveUp], false),
        ([.begin, .giveUp], true),
        ([.wait, .begin, .giveUp], true),
        // It stays begun, though a part of it waits again.
        ([.wait, .begin, .wait, .giveUp], true),
        ([.wait, .begin], true),
        ([.begin], true),
        ([.wait, .begin, .wait, .begin], true),
        ([.giveUp, .begin], false),
        ([.wait, .giveUp, .begin], false),
        ([.wait, .begin, .giveUp, .begin], false),
        // Its caller was told that it may have happened, and that remains the answer.
        ([.giveUp, .wait, .giveUp], true),
        ([.giveUp, .wait, .begin], false),
    ]

    @Test("runs unless its caller has given up, and surely has not happened while it waits", arguments: orders)
    private func order(_ events: [Event], _ expected: Bool) {
        var progress = StoreCallProgress()
        var last: Bool?
        for event in events {
            switch event {
            case .wait: progress.wait()
            case .begin: last = progress.begin()
            case .giveUp: last = progress.giveUp()
            }
        }
        #expect(last == expected)
    }
}
