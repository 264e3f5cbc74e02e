import IdentityBroker
import LoopbackServer

/// What no provider should have: state that one login leaves for another.
final class Keepsake: Sendable {
    private struct State: Sendable {
        var present = 0
        var record: ExemplarRecord?
    }

    private let state = Monitor(State())

    /// Waits until no other login is there, if that is the defect.
    func arrive(if isExclusive: Bool) async {
        _ = try? await state.wait { state -> Void? in
            guard state.present == 0 || !isExclusive else { return nil }
            state.present += 1
            return ()
        }
    }

    func leave() {
        state.withState { state in
            state.present -= 1
            if state.present == 0 { state.record = nil }
        }
    }

    /// The record, or, if that is the defect, the first record of the logins that are there together.
    func record(_ record: ExemplarRecord, if isShared: Bool) -> ExemplarRecord {
        guard isShared else { return record }
        return state.withState { state in
            state.record = state.record ?? record
            return state.record ?? record
        }
    }
}
