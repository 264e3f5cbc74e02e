import Testing

@testable import BrokerSQLite

@Suite("The queue of a store's operations")
struct WriterQueueTests {
    private var queue = WriterQueue<Int>(capacity: 3)

    @Test("starts a turn for the first operation, and none for those that come while it runs")
    mutating func first() {
        #expect(queue.add(1) == .first)
        #expect(queue.add(2) == .waiting)
        #expect(queue.take(atMost: 10) == [1, 2])
        #expect(queue.add(3) == .waiting)
        #expect(queue.endTurn() == (true, true))
        #expect(queue.take(atMost: 10) == [3])
        #expect(queue.endTurn() == (true, false))
        #expect(queue.add(4) == .first)
    }

    @Test("takes the oldest, up to its limit")
    mutating func batches() {
        for number in 1...3 { _ = queue.add(number) }
        #expect(queue.take(atMost: 2) == [1, 2])
        #expect(queue.endTurn() == (true, true))
        #expect(queue.take(atMost: 2) == [3])
        #expect(queue.endTurn() == (true, false))
    }

    @Test("refuses what exceeds its capacity, counting only waiting operations")
    mutating func capacity() {
        for number in 1...3 { #expect(queue.add(number) != .refused(.full)) }
        #expect(queue.add(4) == .refused(.full))
        #expect(queue.take(atMost: 1) == [1])
        #expect(queue.add(5) == .waiting)
        #expect(queue.add(6) == .refused(.full))
    }

    @Test("gives all up if two checks see the same turn running, and accepts none until it ends")
    mutating func hanging() {
        _ = queue.add(1)
        #expect(queue.take(atMost: 1) == [1])
        _ = queue.add(2)
        #expect(queue.look() == ([], []))
        #expect(queue.look() == ([1], [2]))
        #expect(queue.look() == ([], []))
        #expect(queue.add(3) == .refused(.hanging))
        #expect(queue.endTurn() == (false, false))
        #expect(queue.add(4) == .first)
        #expect(queue.take(atMost: 10) == [4])
        #expect(queue.endTurn() == (true, false))
    }

    @Test("gives none up while turns progress, however many checks there are")
    mutating func progress() {
        _ = queue.add(1)
        for number in 2...20 {
            #expect(queue.look() == ([], []))
            #expect(queue.take(atMost: 1) == [number - 1])
            _ = queue.add(number)
            #expect(queue.endTurn() == (true, true))
        }
    }

    @Test("gives none up after a long idle time")
    mutating func idle() {
        for _ in 0..<3 { #expect(queue.look() == ([], [])) }
        _ = queue.add(1)
        #expect(queue.look() == ([], []))
        _ = queue.take(atMost: 1)
        _ = queue.endTurn()
        for _ in 0..<3 { #expect(queue.look() == ([], [])) }
        _ = queue.add(2)
        #expect(queue.look() == ([], []))
    }

    @Test("accepts nothing once closed, and does what it accepted before")
    mutating func closed() {
        _ = queue.add(1)
        queue.close()
        #expect(queue.add(2) == .refused(.closed))
        #expect(queue.take(atMost: 10) == [1])
        #expect(queue.endTurn() == (true, false))
    }
}
