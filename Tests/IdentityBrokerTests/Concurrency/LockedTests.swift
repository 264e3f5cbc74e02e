import IdentityBroker
import Testing

@Suite("A locked value")
struct LockedTests {
    private struct Failure: Error {}

    @Test("loses none of many simultaneous changes")
    func changes() async {
        let value = Locked(0)
        await withTaskGroup { group in
            for _ in 0..<1_000 { group.addTask { value.withLock { $0 += 1 } } }
        }
        #expect(value.withLock { $0 } == 1_000)
    }

    @Test("is unlocked again when its body throws")
    func errors() {
        let value = Locked(0)
        #expect(throws: Failure.self) { try value.withLock { (_) throws(Failure) in throw Failure() } }
        #expect(value.withLock { $0 } == 0)
    }
}
