extension ProviderSkeleton {
    var ticketExchange: String {
        #"""
        import HTTPTypes
        import IdentityBroker
        import StrictJSON

        /// The request that redeems a ticket: `POST {baseURL}/tickets/redeem`, with the ticket in the body and the API key in a
        /// header field. Neither appears in the URL, which access logs keep.
        struct TicketExchange: Sendable {
            let endpoint: UpstreamURL
            let apiKey: Secret

            func request(for ticket: Secret) -> UpstreamRequest {
                var request = UpstreamRequest.post(json: ["ticket": .string(ticket.reveal())], to: endpoint)
                request.head.headerFields[.authorization] = "Bearer \(apiKey.reveal())"
                return request
            }
        }

        """#
    }

    var response: String {
        #"""
        import HTTPTypes
        import IdentityBroker
        import StrictJSON

        extension UpstreamResponse {
            /// The record in a successful answer.
            ///
            /// - Throws: The error for the status, or `upstreamMisbehaved` if a successful answer has no record.
            func record() throws(BrokerError) -> \#(name.typePrefix)Record {
                guard status == .ok else { throw refusal }
                guard let members = try? JSONReader().read(body).object,
                    let record = \#(name.typePrefix)Record(members)
                else {
                    throw BrokerError(.upstreamMisbehaved, "The upstream's answer is not a record of a person.")
                }
                return record
            }

            /// The error for an unsuccessful status. The message is our own, since the upstream's text is not trusted.
            private var refusal: BrokerError {
                let code = "\(status.code)"
                return switch status.code {
                case 404, 410:
                    BrokerError(.invalidCredential, "The upstream does not know this ticket.", upstreamCode: code)
                case 401, 403:
                    BrokerError(.misconfigured, "The upstream refuses settings.apiKey.", upstreamCode: code)
                case 429:
                    BrokerError(.rateLimited, "The upstream takes no more for now. Try again later.", upstreamCode: code)
                case 500...599:
                    BrokerError(.upstreamUnavailable, "The upstream cannot serve now.", upstreamCode: code)
                default:
                    BrokerError(.upstreamMisbehaved, "The upstream answered in no known way.", upstreamCode: code)
                }
            }
        }

        """#
    }

    var record: String {
        #"""
        import StrictJSON

        /// The upstream's record of a person, with the members' names as on the wire.
        ///
        /// Members that decide something are kept as JSON, so that a value of a wrong type cannot pass for an absent one.
        struct \#(name.typePrefix)Record {
            let id: JSONValue?
            let status: String
            let name: String?
            let email: String?
            let emailVerified: Bool?
            let picture: String?

            /// Reads a record. Returns nil if it does not say whether the person may sign in.
            init?(_ members: JSONObject) {
                guard let status = members["status"]?.string else { return nil }
                self.status = status
                id = members["id"]
                name = members["name"]?.string
                email = members["email"]?.string
                emailVerified = members["emailVerified"]?.bool
                picture = members["picture"]?.string
            }
        }

        """#
    }

    var mapping: String {
        #"""
        import IdentityBroker
        import StrictJSON

        extension UpstreamIdentity {
            /// Maps a record. The broker checks standing and subject, and cleans the claims.
            init(_ record: \#(name.typePrefix)Record) {
                var subject = Agreement(on: "subject")
                subject.add(record.id?.string, at: "id")
                self.init(standing: AccountStanding(record), subject: subject)
                claims.name = record.name
                claims.picture = record.picture
                setEmail(record)
            }

            private mutating func setEmail(_ record: \#(name.typePrefix)Record) {
                guard let text = record.email else { return }
                guard let address = EmailAddress(text) else {
                    notices.append(.emailRefused)
                    return
                }
                // Accounts are linked by verified addresses, so trust only the upstream's own statement.
                claims.email =
                    record.emailVerified == true
                    ? .verified(Verified(address))
                    : .asserted(Asserted(address), isKnownUnverified: record.emailVerified == false)
            }
        }

        extension AccountStanding {
            /// The state of the person's account. An unknown word might mean no.
            fileprivate init(_ record: \#(name.typePrefix)Record) {
                self =
                    switch record.status {
                    case "active": .active
                    case "blocked": .blocked
                    case "deleted": .deleted
                    case "suspended": .suspended
                    default: .unrecognized
                    }
            }
        }

        """#
    }
}
