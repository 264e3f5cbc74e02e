import IdentityBroker
import Testing

@testable import BrokerPostgres

@Suite("The rules of the pool")
struct PoolStateTests {
    private let start = ContinuousClock.now

    private func pool(connections: Int = 2, capacity: Int = 100) -> PoolState {
        PoolState(connections: connections, capacity: capacity, backoff: Backoff())
    }

    private func operation(_ number: UInt8 = 0, after seconds: Double = 0) -> PendingOperation {
        .reserving(.example(number), submitted: start + .seconds(seconds))
    }

    @Test("use one connection after another, and let the rest wait")
    func growth() {
        var pool = pool()
        #expect(pool.add(operation(1)) == .start(0))
        #expect(pool.add(operation(2)) == .start(1))
        #expect(pool.add(operation(3)) == .waiting)
        #expect(pool.next(for: 0)?.operations.count == 3)
        #expect(pool.next(for: 1)?.operations.count == nil)
        #expect(pool.add(operation(4)) == .start(1))
    }

    @Test("prefer an open connection to a new one")
    func reuse() {
        var pool = pool()
        #expect(pool.add(operation()) == .start(0))
        _ = pool.next(for: 0)
        #expect(pool.next(for: 0)?.operations.count == nil)
        for _ in 0..<3 {
            #expect(pool.add(operation()) == .start(0))
            _ = pool.next(for: 0)
            #expect(pool.next(for: 0)?.operations.count == nil)
        }
    }

    @Test("refuse at once while no connection can be made, and try again after a pause")
    func unreachable() {
        var pool = pool(connections: 1)
        #expect(pool.add(operation(1)) == .start(0))
        #expect(pool.add(operation(2)) == .waiting)
        #expect(pool.leave(0, after: "no route", at: start, jitter: 1).count == 2)
        #expect(pool.add(operation(3, after: 0.099)) == .refused(.unreachable("no route")))
        #expect(pool.add(operation(4, after: 0.1)) == .start(0))
        #expect(pool.leave(0, after: "no route", at: start, jitter: 1).count == 1)
        #expect(pool.add(operation(5, after: 0.199)) == .refused(.unreachable("no route")))
        #expect(pool.add(operation(6, after: 0.2)) == .start(0))
        #expect(pool.next(for: 0)?.operations.count == 1)
        #expect(pool.next(for: 0)?.operations.count == nil)
        #expect(pool.leave(0, after: "cut", at: start, jitter: 1).isEmpty)
        #expect(pool.add(operation(7, after: 0.1)) == .start(0))
    }

    @Test("leave waiting operations to a connection that still works")
    func partner() {
        var pool = pool()
        #expect(pool.add(operation(1)) == .start(0))
        #expect(pool.add(operation(2)) == .start(1))
        #expect(pool.leave(1, after: "too many clients", at: start, jitter: 0).isEmpty)
        #expect(pool.add(operation(3)) == .waiting)
        #expect(pool.next(for: 0)?.operations.count == 3)
    }

    @Test("limit the queue")
    func full() {
        var pool = pool(connections: 1, capacity: 2)
        #expect(pool.add(operation(1)) == .start(0))
        #expect(pool.add(operation(2)) == .waiting)
        #expect(pool.add(operation(3)) == .refused(.full))
        #expect(pool.giveUp(submittedBefore: start + .seconds(1)).count == 2)
        #expect(pool.add(operation(4)) == .waiting)
    }

    @Test("do pending work before the end, and accept nothing after it")
    func closing() {
        var pool = pool(connections: 1)
        #expect(pool.add(operation(1)) == .start(0))
        pool.close()
        #expect(pool.add(operation(2)) == .refused(.closed))
        #expect(pool.next(for: 0)?.operations.count == 1)
    }
}
