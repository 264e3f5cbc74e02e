import Foundation
import IdentityBroker
import LoopbackServer

extension ProviderRules {
    var redirectRules: [ConformanceCase] {
        let (secrets, manifest) = (fixture.secretCanaries, manifest)
        return [
            rule(
                "the authorization URL contains the flow's state, address and challenge, and none of its secrets",
                because: """
                    What is never sent is never checked: without the state, the login may be anyone's, and without the \
                    challenge, so may the code (RFC 6749 §10.12, RFC 7636; CVE-2023-27490). And the browser shows all \
                    of it.
                    """
            ) { bench in
                let address = "https://app.example/signed-in"
                let broker = try await bench.visit().broker
                let start = try await broker.beginRedirect(Bench.id, returningTo: address)
                guard let url = URLComponents(string: start.url), url.scheme == "https", url.host?.isEmpty == false
                else {
                    throw Observation("the URL is not an absolute https URL")
                }
                let values = (url.queryItems ?? []).compactMap(\.value)
                // The pipeline refuses a URL without them, unless they were pushed (RFC 9126).
                let isPushed = url.queryItems?.contains { $0.name == "request_uri" } == true
                let expected = [("the state", start.flow.state.reveal()), ("the redirect URI", address)]
                for (name, value) in expected {
                    try require(isPushed || values.contains(value), "\(name) is missing")
                }
                let text = Haystack(start.url + "\n" + values.joined(separator: "\n"))
                for canary in [Canary("the code verifier", start.flow.codeVerifier.reveal())] + secrets {
                    try require(!canary.isFound(in: text), "\(canary) appears in the URL")
                }
                let count = bench.upstream.requests.count
                try require(
                    count <= fixture.sharedRequests + (isPushed ? 2 : 0), "\(count) requests were sent to the upstream")
            },
            rule(
                "a challenge or a nonce binds the code, unless the type says that its upstream knows neither",
                because: """
                    With the state alone, a code that is stolen before it is redeemed signs the thief in (RFC 9700 \
                    §2.1.1). Such an upstream is one to be warned of, so its type must say so, and no other may.
                    """
            ) { bench in
                let broker = try await bench.visit().broker
                let start = try await broker.beginRedirect(Bench.id, returningTo: "https://app.example/signed-in")
                let pushed = bench.upstream.requests.map { "?\($0.bodyText)" }
                let sent = ([start.url] + pushed).flatMap { URLComponents(string: $0)?.queryItems ?? [] }.map(\.value)
                let isBound = sent.contains(start.flow.codeChallenge) || sent.contains(start.flow.nonce.reveal())
                try require(isBound || manifest.reliesOnStateAlone, "the upstream learns neither challenge nor nonce")
                try require(
                    !isBound || !manifest.reliesOnStateAlone, "the type says that its upstream knows neither")
            },
        ]
    }
}
