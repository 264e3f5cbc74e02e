import IdentityBroker
import Testing

@testable import BrokerService
@testable import BrokerTokens

@Suite("What of the due logouts is delivered when")
struct LogoutPassTests {
    private func due(_ client: String, _ count: Int) -> [DueLogout] {
        (0..<count).map { DueLogout(notice: RecordID(digestOf: [UInt8(truncatingIfNeeded: $0)]), client: client) }
    }

    /// Begins whatever may begin now.
    private func begin(_ pass: inout LogoutPass) -> [String] {
        var clients: [String] = []
        while let due = pass.next() { clients.append(due.client) }
        return clients.sorted()
    }

    @Test("A client gets four at once, and another its own")
    func clients() {
        var pass = LogoutPass()
        pass.add(due("a", 10) + due("b", 2))
        #expect(begin(&pass) == ["a", "a", "a", "a", "b", "b"])
        pass.end("a", succeeded: true)
        #expect(begin(&pass) == ["a"])
        pass.end("b", succeeded: true)
        #expect(begin(&pass).isEmpty)
    }

    @Test("All clients together get 32 at once, each its share")
    func total() {
        var pass = LogoutPass()
        for number in 0..<20 { pass.add(due("client-\(number)", 10)) }
        let begun = begin(&pass)
        #expect(begun.count == LogoutPass.most)
        #expect(Set(begun).count == 20)
    }

    @Test("After a failure, the rest of that client waits for the next pass, and nobody else's does")
    func failure() {
        var pass = LogoutPass()
        pass.add(due("hangs", 100) + due("web", 9))
        _ = begin(&pass)
        pass.end("hangs", succeeded: false)
        #expect(begin(&pass).isEmpty)
        for _ in 0..<3 { pass.end("hangs", succeeded: false) }
        for _ in 0..<4 { pass.end("web", succeeded: true) }
        #expect(begin(&pass) == ["web", "web", "web", "web"])
        pass.end("web", succeeded: true)
        #expect(begin(&pass) == ["web"])
        #expect(pass.isEmpty)
    }

    @Test("A pass holds a bounded number of one client's")
    func bound() {
        var pass = LogoutPass()
        pass.add(due("a", 1000))
        var count = 0
        while pass.next() != nil {
            count += 1
            pass.end("a", succeeded: true)
        }
        #expect(count == LogoutPass.mostDueOfClient)
    }
}
