FROM debian:bookworm-slim AS build
WORKDIR /src
COPY . .
RUN ./dev build --target pcsim

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       ca-certificates curl libcpp-httplib0.11 libre2-9 libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/pcsim pcsim
COPY --from=build /src/build/release/bin/pcsim /usr/local/bin/pcsim
# The state directory is /var/lib/pcsim: certificates, keys and ready.json.
ENV XDG_STATE_HOME=/var/lib
USER pcsim
WORKDIR /var/lib/pcsim
VOLUME /var/lib/pcsim
EXPOSE 8443
ENTRYPOINT ["pcsim"]
CMD ["serve", "--listen", "0.0.0.0:8443"]
