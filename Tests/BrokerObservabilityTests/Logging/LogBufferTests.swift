import Testing

@testable import BrokerObservability

@Suite("Lines that wait to be written")
struct LogBufferTests {
    private static let line = Array("0123456789".utf8)

    @Test("A writer is wanted for the first, and writes all that came meanwhile in one go")
    func order() {
        var buffer = LogBuffer(capacity: 100)
        #expect(buffer.add([1]) == (true, true))
        #expect(buffer.add([2]) == (true, false))
        #expect(buffer.next()?.bytes == [1, 2])
        #expect(buffer.add([3]) == (true, false))
        #expect(buffer.next()?.bytes == [3])
        #expect(buffer.next() == nil)
        #expect(buffer.add([4]) == (true, true))
    }

    @Test("What finds no room is dropped and counted, and nothing gets in before the count is taken")
    func bound() {
        var buffer = LogBuffer(capacity: 25)
        #expect(buffer.add(Self.line).isTaken)
        #expect(buffer.add(Self.line).isTaken)
        #expect(buffer.add(Self.line) == (false, false))
        #expect(buffer.add([1]) == (false, false))
        let load = buffer.next()
        #expect(load?.bytes.count == 20 && load?.lines == 2 && load?.dropped == 2)
        #expect(buffer.add(Self.line).isTaken)
        #expect(buffer.next()?.dropped == 0)
    }

    @Test("A line that is longer than all the room is dropped, and reported")
    func tooLong() {
        var buffer = LogBuffer(capacity: 5)
        #expect(buffer.add(Self.line) == (false, false))
        #expect(buffer.add([1]) == (false, false))
        #expect(buffer.next()?.dropped == 2)
        #expect(buffer.next() == nil)
    }
}
