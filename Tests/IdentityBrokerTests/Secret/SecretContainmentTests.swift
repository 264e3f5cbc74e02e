import Foundation
import StrictJSON
import Testing

@testable import IdentityBroker

@Suite("A value with a secret in it")
struct SecretContainmentTests {
    @Test("reveals nothing of the secret, however it is printed", arguments: Container.all, Rendering.allCases)
    func printing(_ container: Container, _ rendering: Rendering) {
        #expect(Canary.found(in: rendering.text(of: container.value)).isEmpty)
    }

    @Test("is detected by the search itself", arguments: Rendering.allCases)
    func control(_ rendering: Rendering) {
        #expect(Canary.found(in: rendering.text(of: [Canary.secret])) == [Canary.secret])
        #expect(Canary.found(in: rendering.text(of: Array(Canary.secret.utf8))) == [Canary.secret])
    }

    /// A value that contains a canary, with a name for the test's report, which must not print the value.
    struct Container: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let value: any Sendable

        init(_ name: String, _ value: any Sendable) {
            testDescription = name
            self.value = value
        }

        static let all: [Container] = [
            Container("optional", Optional(Secret(Canary.secret))),
            Container("array", [Secret(Canary.secret)]),
            Container("dictionary", ["key": Secret(Canary.secret)]),
            Container("tuple", (1, Secret(Canary.secret))),
            Container("result", Result<Secret, any Error>.success(Secret(Canary.secret))),
            Container("credential", Credential.ticket(Canary.ticket)),
            Container("secret reference", SecretReference.literal(Secret(Canary.secret))),
            Container("phone number", PhoneNumber(Canary.phoneNumber)),
            Container("verified phone number", PhoneNumber(Canary.phoneNumber).map(Verified.init)),
            Container("claims", claims),
            Container("upstream identity", upstream),
            Container("identity", identity),
            Container("provider context", context),
            Container("provider instance", try? instance),
            Container("redactor", Redactor([Secret(Canary.secret)])),
            Container("guarded transport", transport),
            Container("exchange", try? exchange),
            Container("login", try? login),
        ]

        private static var claims: Claims {
            var claims = Claims()
            claims.phoneNumber = PhoneNumber(Canary.phoneNumber).map { .verified(Verified($0)) }
            return claims
        }

        private static var upstream: UpstreamIdentity {
            var upstream = UpstreamIdentity.person
            upstream.claims = claims
            upstream.token = Secret(Canary.token)
            return upstream
        }

        private static var identity: Identity {
            Identity(
                IdentityContents(
                    key: IdentityKey(issuer: .example, subject: "person-1"),
                    provider: Bench.id,
                    authenticatedAt: .distantPast,
                    claims: claims,
                    alternateIdentifiers: [],
                    attributes: [:],
                    notices: [],
                    upstreamToken: Secret(Canary.token),
                    deferredRecord: DeferredRecord { .string(Canary.secret) }
                        .redacted(by: Redactor([Secret(Canary.secret)]))
                )
            )
        }

        private static var context: ProviderContext {
            let context = ProviderContext(id: Bench.id)
            context.ledger.add(Secret(Canary.secret))
            return context
        }

        private static var instance: ProviderInstance {
            get throws { try ProviderInstance(ScriptedProvider.self, settings: .init(), context: context) }
        }

        private static var transport: GuardedTransport {
            GuardedTransport(
                ScriptedTransport(),
                policy: TransportPolicy(),
                deadline: Deadline(in: .seconds(1), by: .system),
                secret: Secret(Canary.ticket)
            )
        }

        private static var exchange: ExchangeContext {
            get throws {
                try ExchangeContext(
                    deadline: Deadline(in: .seconds(1), by: .system),
                    logger: context.logger.redacting { Redactor([Secret(Canary.secret), Secret(Canary.ticket)]) },
                    now: .distantPast,
                    transport: transport,
                    sharedValues: .example(),
                    ledger: context.ledger
                )
            }
        }

        private static var login: Login {
            get throws {
                let broker = try Broker(providers: [instance], transport: ScriptedTransport())
                return Login(Bench.id, with: .ticket(Canary.ticket), from: nil, for: .identity, at: broker)
            }
        }
    }
}
