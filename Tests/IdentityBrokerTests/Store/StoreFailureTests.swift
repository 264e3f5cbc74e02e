import Testing

@testable import IdentityBroker

@Suite("A failure of the store, as an error of the broker")
struct StoreFailureTests {
    @Test("is for an operator to fix if retrying is useless", arguments: StoreFailure.Reason.allReasons)
    func kind(_ reason: StoreFailure.Reason) {
        let error = BrokerError(StoreFailure("/var/lib/broker.sqlite", mayHaveHappened: false, reason: reason))
        let needsOperator: [StoreFailure.Reason] = [.corrupt, .denied, .unsuitable]
        #expect(error.kind == (needsOperator.contains(reason) ? .misconfigured : .unavailable))
        #expect(error.isForOperators)
    }

    @Test("says which failure it is and what to do, and names no path")
    func message() {
        let words: [(StoreFailure.Reason, String)] = [
            (.corrupt, "backup"), (.full, "room"), (.locked, "lock"), (.replaced, "replaced"), (.late, "in time"),
            (.incomplete, "lost a table"), (.readOnly, "writable"), (.unreachable, "reached"),
        ]
        for (reason, word) in words {
            let failure = StoreFailure("/var/lib/broker.sqlite", mayHaveHappened: false, reason: reason)
            let message = BrokerError(failure, consequence: "It does not count.").message
            #expect(message.hasPrefix("It does not count. ") && message.contains(word), "\(message)")
            #expect(!message.contains("/var"))
        }
        let messages = StoreFailure.Reason.allReasons.map {
            BrokerError(StoreFailure("", mayHaveHappened: false, reason: $0)).message
        }
        #expect(Set(messages).count == messages.count)
    }

    @Test("stays one for operators when it is the answer to a login")
    func settled() {
        let error = BrokerError(StoreFailure("", mayHaveHappened: false, reason: .full))
            .settled(provider: nil, credential: .spent, redactor: Redactor([]))
        #expect(error.isForOperators)
        #expect(!BrokerError(.unavailable, "Busy.").isForOperators)
    }
}
