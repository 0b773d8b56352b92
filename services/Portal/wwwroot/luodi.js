// Vizor.ECharts hands its options over as text and evaluates it, which the content security policy forbids.
// The options of this portal hold no functions: they are plain JSON. Its own functions also fail for a chart that is not there,
// which ends the page: a reader may leave before a chart is drawn.
Object.assign(vizorECharts, {
  async initChart(id, theme, initOptions, chartOptions) {
    const element = document.getElementById(id);
    if (!element) return;
    const { renderer, width, height } = JSON.parse(initOptions);
    const chart = echarts.init(element, theme, { renderer, width: width ?? undefined, height: height ?? undefined });
    chart.__resizeHandler = () => chart.resize();
    window.addEventListener('resize', chart.__resizeHandler);
    vizorECharts.charts.set(id, chart);
    if (chartOptions !== null) chart.setOption(JSON.parse(chartOptions));
  },
  async updateChart(id, chartOptions) {
    const chart = vizorECharts.charts.get(id);
    chart?.resize(); // More rows, more room.
    chart?.setOption(JSON.parse(chartOptions));
  },
  attachClickEvent(id, component) {
    vizorECharts.charts.get(id)?.on('click', ({ dataIndex }) => component.invokeMethodAsync('HandleChartClick', { dataIndex }));
  },
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-reload]')) {
    event.preventDefault();
    location.reload();
  }
});
