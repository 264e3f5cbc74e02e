import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("A user who declines at an upstream that names no error")
struct RefusalWithoutErrorTests {
    private let flow = RedirectFlow(
        provider: "site", redirectURI: "https://app.example/callback", expiry: .distantFuture,
        randomness: .seeded(1))

    private func failure(_ answer: String, as form: RedirectForm) -> BrokerError? {
        do throws(BrokerError) {
            let text = answer.replacing("STATE", with: flow.state.reveal())
            _ = try RedirectCallback(text, as: form).code(of: flow, from: [], at: .now)
            return nil
        } catch {
            return error
        }
    }

    /// An answer, and what it means where the upstream is known to answer like this, and elsewhere.
    @Test(
        "brings back no code, or a word in its place, with the right state",
        arguments: [
            ("state=STATE", .cancelledByUser, .invalidCredential),
            ("code=&state=STATE", .cancelledByUser, .invalidCredential),
            ("code=authdeny&state=STATE", .cancelledByUser, nil), ("code=abc&state=STATE", nil, nil),
            ("code=authdeny&state=wrong", .invalidCredential, .invalidCredential),
            ("state=wrong", .invalidCredential, .invalidCredential), ("", .invalidCredential, .invalidCredential),
            ("error=server_error&state=STATE", .upstreamUnavailable, .upstreamUnavailable),
        ] as [(String, BrokerError.Kind?, BrokerError.Kind?)]
    )
    func answers(_ answer: String, _ known: BrokerError.Kind?, _ elsewhere: BrokerError.Kind?) {
        let form = RedirectForm(refusalsAsCode: ["authdeny"], refusesWithoutCode: true)
        #expect(failure(answer, as: form)?.kind == known)
        #expect(failure(answer, as: RedirectForm())?.kind == elsewhere)
    }
}
