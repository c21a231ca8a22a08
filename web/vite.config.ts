import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { defineConfig, type Plugin } from "vite";

const OUT = "../dateline/desk/static/built";
const maplibre = dirname(createRequire(import.meta.url).resolve("maplibre-gl/package.json"));
const version = JSON.parse(readFileSync(join(maplibre, "package.json"), "utf-8")).version;
const WORKER = `map-worker-${version}.js`;

/** MapLibre's worker stands by itself: the page's policy allows no worker that is made from text. */
function worker(): Plugin {
  return {
    name: "map-worker",
    generateBundle() {
      const source = readFileSync(join(maplibre, "dist/maplibre-gl-worker.mjs"), "utf-8");
      this.emitFile({
        type: "asset",
        fileName: WORKER,
        source: source.replace(/\n\/\/# sourceMappingURL=.*/, ""),
      });
    },
  };
}

export default defineConfig({
  base: "./",
  define: { MAP_WORKER: JSON.stringify(`./${WORKER}`) },
  plugins: [worker()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    cssCodeSplit: false,
    chunkSizeWarningLimit: 1300,
    rollupOptions: {
      input: { islands: "src/main.ts" },
      output: {
        codeSplitting: { groups: [{ name: "maplibre", test: /node_modules[\\/](?!topojson)/ }] },
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "islands-[hash][extname]",
      },
    },
  },
});
