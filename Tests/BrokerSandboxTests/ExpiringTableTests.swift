import Foundation
import Testing

@testable import BrokerSandbox

@Suite("What sandboxes keep for a time")
struct ExpiringTableTests {
    private let start = Date(timeIntervalSince1970: 0)

    @Test("lasts until its time, and is changed only while it is there")
    func lifetime() {
        var table = ExpiringTable<Int>()
        table.add(1, as: "a", for: 10, at: start)
        table.update("a") { $0 += 1 }
        table.update("b") { $0 += 1 }
        #expect(table.value(of: "a", at: start + 9) == 2 && table.value(of: "a", at: start + 10) == nil)
        table.remove("a")
        #expect(table.value(of: "a", at: start) == nil && table.count == 0)
    }

    @Test("is removed some time after it has expired")
    func removal() {
        var table = ExpiringTable<Int>()
        for number in 0..<10_000 {
            table.add(number, as: "\(number)", for: 100, at: start + Double(number))
            #expect(table.count <= 201)
        }
        #expect(table.value(of: "9950", at: start + 10_000) == 9950)
    }
}
