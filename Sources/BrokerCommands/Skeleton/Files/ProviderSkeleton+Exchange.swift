extension ProviderSkeleton {
    var ticketExchange: String {
        #"""
        #if canImport(FoundationEssentials)
            import FoundationEssentials
        #else
            import Foundation
        #endif
        import HTTPTypes
        import IdentityBroker

        /// The request that redeems a ticket: `POST {baseURL}/tickets/redeem`, with the ticket in the body and the API key in a
        /// header field. Neither appears in the URL, which access logs keep.
        struct TicketExchange: Sendable {
            let endpoint: UpstreamURL
            let apiKey: Secret

            private struct Body: Encodable {
                let ticket: String
            }

            func request(for ticket: Secret) throws -> UpstreamRequest {
                let body = try JSONEncoder().encode(Body(ticket: ticket.reveal()))
                var request = UpstreamRequest.post(json: Array(body), to: endpoint)
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
            /// The record in the answer.
            ///
            /// - Throws: What the status means, or `upstreamMisbehaved` where success brings no record.
            func record() throws(BrokerError) -> \#(name.typePrefix)Record {
                guard status == .ok else { throw refusal }
                guard let members = try? JSONReader().read(body).object,
                    let record = \#(name.typePrefix)Record(members)
                else {
                    throw BrokerError(.upstreamMisbehaved, "The upstream's answer is not a record of a person.")
                }
                return record
            }

            /// What a status means that is not a success. The words are our own: the upstream's could be anybody's.
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

        /// The upstream's record of a person, member by member under the names that it has on the wire.
        ///
        /// Members that decide something are kept as they came, so that a value of a wrong type cannot pass for an absent one.
        struct \#(name.typePrefix)Record {
            let id: JSONValue?
            let status: String
            let name: String?
            let email: String?
            let emailVerified: Bool?
            let picture: String?

            /// Reads a record. Returns nil where nothing says whether the person may come in: then it is none.
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
            /// Maps a record. The broker judges standing and subject, and cleans the claims.
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
                // Accounts are linked by verified addresses: only what the upstream says is verified is.
                claims.email =
                    record.emailVerified == true
                    ? .verified(Verified(address))
                    : .asserted(Asserted(address), isKnownUnverified: record.emailVerified == false)
            }
        }

        extension AccountStanding {
            /// What the record says of the person's account. A word that is not understood might mean no.
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
