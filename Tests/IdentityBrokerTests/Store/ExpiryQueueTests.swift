import Foundation
import Testing

@testable import IdentityBroker

@Suite("A queue of expiries")
struct ExpiryQueueTests {
    private func drain(_ queue: ExpiryQueue<String>, at seconds: Double) -> [String] {
        var queue = queue
        var keys: [String] = []
        while let (key, _) = queue.popFirst(notAfter: .at(seconds)) { keys.append(key) }
        return keys
    }

    @Test("returns the earliest first, whatever the order of insertion")
    func order() {
        var queue = ExpiryQueue<String>()
        for (key, seconds) in [("c", 3.0), ("a", 1), ("d", 4), ("b", 2)] { queue.insert(key, at: .at(seconds)) }
        #expect(queue.count == 4)
        #expect(drain(queue, at: 100) == ["a", "b", "c", "d"])
        #expect(drain(ExpiryQueue([("b", .at(2)), ("a", .at(1))]), at: 100) == ["a", "b"])
    }

    @Test("returns what expires at this moment, and nothing later")
    func boundary() {
        let queue = ExpiryQueue([("a", .at(1)), ("b", .at(2)), ("c", .at(3))])
        #expect(drain(queue, at: 2) == ["a", "b"])
        #expect(drain(queue, at: 0.999) == [])
    }

    @Test("keeps entries of the same key or time separate")
    func duplicates() {
        let queue = ExpiryQueue([("a", .at(1)), ("a", .at(1)), ("a", .at(2)), ("b", .at(1))])
        #expect(drain(queue, at: 2).sorted() == ["a", "a", "a", "b"])
    }

    @Test("is empty to begin with")
    func empty() {
        var queue = ExpiryQueue<String>()
        #expect(queue.count == 0)
        #expect(queue.popFirst(notAfter: .distantFuture) == nil)
    }
}
