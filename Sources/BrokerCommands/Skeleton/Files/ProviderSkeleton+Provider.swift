extension ProviderSkeleton {
    var provider: String {
        #"""
        public import IdentityBroker

        /// Signs people in with a ticket, which the upstream exchanges for its record of the person.
        public struct \#(name.module): IdentityProvider {
            /// Who vouches for the subjects: the setting `issuer`, or the base URL.
            public let issuer: Issuer

            private let ticketExchange: TicketExchange

            /// Makes an instance.
            ///
            /// - Throws: ``BrokerError`` of kind `misconfigured` that names the invalid setting, or says that the API key
            ///   cannot be read.
            public init(settings: Settings, context: ProviderContext) throws {
                issuer = try settings.checkedIssuer()
                ticketExchange = TicketExchange(
                    endpoint: try settings.checkedBaseURL().appending("tickets", "redeem"),
                    apiKey: try context.resolve(settings.apiKey)
                )
            }

            /// Exchanges the ticket. The broker has reserved it, and never sends it a second time.
            ///
            /// - Throws: ``BrokerError`` from sending or for the upstream's status; `upstreamMisbehaved` for an answer that
            ///   is not a record.
            public func authenticate(
                _ credential: Credential,
                in exchange: ExchangeContext
            ) async throws -> UpstreamIdentity {
                let response = try await exchange.send(ticketExchange.request(for: credential.value))
                return UpstreamIdentity(try response.record())
            }
        }

        """#
    }

    var providerManifest: String {
        #"""
        public import IdentityBroker

        extension \#(name.module) {
            /// The provider type `\#(name.type)`.
            public static let manifest = ProviderManifest(
                type: "\#(name.type)",
                displayName: "\#(name.title)",
                summary: "Exchanges a ticket for the person whom it was issued to.",
                credentials: [CredentialForm(kind: .ticket, maximumBytes: 512, alphabet: .unreserved)],
                settings: [
                    .required("baseURL", .url, "Where the upstream answers; the path of the exchange is added."),
                    .required("apiKey", .secret, "The key by which the upstream knows this app."),
                    .optional(
                        "issuer",
                        .text,
                        default: "{baseURL}",
                        """
                        Who vouches for the people: with the subject, the key that accounts are stored under. Set it to the \
                        old value when baseURL changes, so that nobody gets a new account.
                        """
                    ),
                ],
                notices: [
                    .nameCleaned: "Characters that do not belong in a name were taken out of one, or it was shortened.",
                    .pictureRefused: "The picture is not an absolute https URL, so it is dropped.",
                    .emailRefused: "The e-mail address is not exactly one address, so it is not used.",
                ],
                documentation: "https://\#(name.type).example/docs"
            )
        }

        """#
    }

    var settings: String {
        #"""
        public import IdentityBroker

        extension \#(name.module) {
            /// The `settings:` of an instance of type `\#(name.type)`.
            public struct Settings: Decodable, Sendable {
                /// The upstream's base URL.
                public var baseURL: String
                /// The key by which the upstream identifies this app.
                public var apiKey: SecretReference
                /// Who vouches for the subjects; nil for the base URL.
                public var issuer: String?

                /// Makes settings. They are validated when used.
                public init(baseURL: String, apiKey: SecretReference, issuer: String? = nil) {
                    self.baseURL = baseURL
                    self.apiKey = apiKey
                    self.issuer = issuer
                }

                func checkedBaseURL() throws(BrokerError) -> UpstreamURL {
                    guard let url = UpstreamURL(baseURL) else {
                        throw BrokerError(.misconfigured, "baseURL must be an absolute URL without a query.")
                    }
                    return url
                }

                func checkedIssuer() throws(BrokerError) -> Issuer {
                    let derived = try checkedBaseURL().description
                    guard let issuer = Issuer(issuer ?? derived) else {
                        throw BrokerError(
                            .misconfigured,
                            "The issuer is empty, longer than 255 bytes, or has white space or characters beyond ASCII."
                        )
                    }
                    return issuer
                }
            }
        }

        """#
    }
}
