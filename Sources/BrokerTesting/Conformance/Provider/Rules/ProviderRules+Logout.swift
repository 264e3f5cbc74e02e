import Foundation
import IdentityBroker

extension ProviderRules {
    var logoutRules: [ConformanceCase] {
        let secrets = fixture.secretCanaries
        return [
            rule(
                "the logout URL leads back to the request's address with its state, and contains no secret of the instance",
                because: """
                    The upstream sends the browser where the URL says, and the browser shows all of it. A URL for one user must \
                    have nothing from the request of another.
                    """
            ) { bench in
                let visit = try await bench.visit()
                let earlier = (all: bench.upstream.requests.count, personal: bench.personalRequestCount)
                let full = LogoutRequest(
                    idToken: Secret("conformance.\(visit.person.tag).token"),
                    returnURI: "https://app.example/signed-out?from=a%20b", state: "conformance state & more")
                for request in [full, LogoutRequest(), full] {
                    // An upstream that signs no one out has no URL.
                    let built = try await visit.broker.logoutURL(of: visit.provider, for: request)
                    guard let text = built else { continue }
                    guard let url = URLComponents(string: text), url.host?.isEmpty == false else {
                        throw Observation("the URL is not an absolute one")
                    }
                    // The pipeline refuses a URL with another address or state.
                    let values = (url.queryItems ?? []).compactMap(\.value)
                    if request.idToken == nil {
                        try require(!text.contains(visit.person.tag), "the URL has the ID token of another request")
                    }
                    let haystack = Haystack(([text] + values).joined(separator: "\n"))
                    for canary in secrets {
                        try require(!canary.isFound(in: haystack), "\(canary) appears in the URL")
                    }
                }
                try require(bench.personalRequestCount == earlier.personal, "the ID token was sent to the upstream")
                let count = bench.upstream.requests.count - earlier.all
                try require(count <= fixture.sharedRequests, "\(count) requests were sent to the upstream")
            }
        ]
    }
}
