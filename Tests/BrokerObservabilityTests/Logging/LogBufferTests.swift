import Testing

@testable import BrokerObservability

@Suite("Pending log lines")
struct LogBufferTests {
    private static let line = Array("0123456789".utf8)

    @Test("The first line requires a writer, which also writes all that arrive meanwhile")
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

    @Test("Lines without room are dropped and counted, and none is accepted before the count is reported")
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

    @Test("A line longer than the buffer is dropped and reported")
    func tooLong() {
        var buffer = LogBuffer(capacity: 5)
        #expect(buffer.add(Self.line) == (false, false))
        #expect(buffer.add([1]) == (false, false))
        #expect(buffer.next()?.dropped == 2)
        #expect(buffer.next() == nil)
    }
}
