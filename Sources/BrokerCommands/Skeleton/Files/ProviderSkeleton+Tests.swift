extension ProviderSkeleton {
    var conformanceTests: String {
        #"""
        import BrokerTesting
        import Testing

        /// The rules for every provider, with an upstream that the fixture plays.
        @Suite("The provider type \#(name.type)")
        struct ConformanceTests {
            @Test("conforms", arguments: ProviderConformance(\#(name.typePrefix)Fixture()).cases)
            func conforms(_ rule: ConformanceCase) async throws {
                try await rule.check()
            }
        }

        """#
    }

    var fixture: String {
        #"""
        \#(imports("BrokerTesting", "Foundation", "IdentityBroker", "LoopbackServer", name.module))

        /// The upstream's answers, correct and incorrect.
        struct \#(name.typePrefix)Fixture: ProviderFixture {
            typealias Provider = \#(name.module)

            private static let apiKey = "canary-k7Qm2WbLfT9e4ZkX"

            let secrets = ["\#(name.variablePrefix)_API_KEY": apiKey]

            func settings(upstream baseURL: String) -> String {
                """
                baseURL: \(baseURL)
                apiKey: { env: \#(name.variablePrefix)_API_KEY }
                """
            }

            func credential(of person: Person, for id: ProviderID, at broker: Broker) -> Credential {
                .ticket("ticket-\(person.tag)")
            }

            func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
                guard request.method == "POST", request.target == "/tickets/redeem" else { return nil }
                guard request.values(of: "Authorization") == ["Bearer \(Self.apiKey)"] else {
                    return ServerResponse(status: 401)
                }
                var members = [
                    "id": json("person-\(person.number)"),
                    "status": json("active"),
                    "name": json(person.name),
                    "email": json(person.email),
                    "emailVerified": person.isEmailVerified.map { "\($0)" },
                    "picture": json(person.picture),
                ]
                switch variant {
                case .correct: break
                case .identifier(.contradicting): return nil  // The id is in only one place.
                case .identifier(let fault): members["id"] = fault.json
                case .standing(let standing): members["status"] = json(word(for: standing))
                default: return nil  // It has no such answers.
                }
                let text = members.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }
                return ServerResponse(
                    headers: [HeaderField("Content-Type", "application/json")],
                    body: Array("{\(text.joined(separator: ","))}".utf8)
                )
            }

            func expectation(of person: Person) -> ExpectedIdentity {
                var claims = Claims()
                claims.name = person.name
                claims.picture = person.picture
                claims.email = EmailAddress(person.email).map { .verified(Verified($0)) }
                return ExpectedIdentity(subject: "person-\(person.number)", claims: claims, notices: [])
            }

            var refusals: [UpstreamRefusal] {
                [
                    refusal("the ticket is unknown", status: 404, means: .invalidCredential),
                    refusal("the ticket has expired", status: 410, means: .invalidCredential),
                    refusal("the API key is unknown", status: 401, means: .misconfigured),
                    refusal("the API key may redeem no tickets", status: 403, means: .misconfigured),
                    refusal("there are too many requests", status: 429, means: .rateLimited),
                ]
            }

            var omissions: [ProviderConformance.Family: String] {
                [
                    .addressees: "A ticket is redeemed with the app's own key, and its answer names no app.",
                    .patience: "The upstream never says for how long it takes no more.",
                ]
            }

            private func refusal(_ name: String, status: Int, means kind: BrokerError.Kind) -> UpstreamRefusal {
                UpstreamRefusal(name, means: kind, code: "\(status)") { message in
                    ServerResponse(status: status, body: Array("{\"message\":\"\(message)\"}".utf8))
                }
            }

            private func word(for standing: AccountStanding) -> String {
                switch standing {
                case .active: "active"
                case .blocked: "blocked"
                case .deleted: "deleted"
                case .suspended: "suspended"
                case .unrecognized: "on_probation"
                }
            }

            private func json(_ text: String) -> String? {
                (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) }
            }
        }

        """#
    }
}
