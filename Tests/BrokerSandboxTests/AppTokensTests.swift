import BrokerSandbox
import Foundation
import Testing

@Suite("An app's access tokens")
struct AppTokensTests {
    private let start = Date(timeIntervalSince1970: 1_767_323_045)

    private func after(_ seconds: TimeInterval) -> Date { start.addingTimeInterval(seconds) }

    @Test("are the same to everyone until the time of renewal, and both good from then on")
    func renewal() {
        var tokens = AppTokens(lifetime: 100, renewal: 20)
        #expect(tokens.current(at: start, orElse: "a") == ("a", 100))
        #expect(tokens.current(at: after(79), orElse: "b") == ("a", 21))
        #expect(tokens.current(at: after(80), orElse: "c") == ("c", 100))
        #expect(tokens.standing(of: "a", at: after(99)) == .good && tokens.standing(of: "c", at: after(99)) == .good)
        #expect(tokens.standing(of: "a", at: after(100)) == .expired)
        #expect(tokens.standing(of: "a", at: after(200)) == .unknown)
        #expect(tokens.standing(of: "b", at: start) == .unknown)
    }

    @Test("are new after the last was voided, which is then unknown")
    func voiding() {
        var tokens = AppTokens(lifetime: 100, renewal: 0)
        tokens.void()
        #expect(tokens.current(at: start, orElse: "a") == ("a", 100))
        tokens.void()
        #expect(tokens.standing(of: "a", at: start) == .unknown)
        #expect(tokens.current(at: after(1), orElse: "b") == ("b", 100))
    }
}
